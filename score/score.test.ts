import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DrawnTable, drawCampaignTable, drawLeadTable } from '../test/fixtures/scoring/tables.ts';
import { createRandom } from '../utils/scoring/refit/random.ts';
import { readArguments, ScoreError } from './arguments.ts';
import { fitTable, type Report } from './fit-table.ts';
import { parseTable, readTable } from './read-table.ts';
import { toJson, toText } from './write-report.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-score-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function fitText(text: string, ...args: string[]): { report: Report; notes: string } {
  const notes: string[] = [];
  const note = (sentence: string) => void notes.push(sentence);
  const report = fitTable(parseTable(text, note), readArguments(['fit', 'table.csv', ...args]), note);
  return { report, notes: notes.join('\n') };
}

function refuse(text: string, ...args: string[]): string {
  try {
    fitText(text, '--label', 'y', ...args);
  } catch (error) {
    if (error instanceof ScoreError) return error.message;
    throw error;
  }
  return 'not refused';
}

/** 300 rows of a number that helps, with what else is asked for. */
function small(more: (index: number, y: number) => string = () => '', header = ''): string {
  const random = createRandom(4);
  const lines = Array.from({ length: 300 }, (_, index) => {
    const x = random();
    const y = Number(random() < 0.2 + 0.6 * x);
    return `${x.toFixed(3)},${y}${more(index, y)}`;
  });
  return [`x,y${header}`, ...lines].join('\n');
}

const tables: [string, DrawnTable, string[]][] = [
  ['leads', drawLeadTable(15_000, 21), ['--id', 'id']],
  ['answers to a campaign', drawCampaignTable(15_000, 22), []],
];

describe.each(tables)('a card fitted on generated %s', (_name, table, args) => {
  const { report } = fitText(table.text, '--label', table.label, ...args);

  it('is as good as the regression before rounding, and says chances that come true', () => {
    const { figures, regression } = report;
    expect(report.strongShare).toBeGreaterThan(0.35);
    expect(report.strongShare).toBeLessThan(0.45);
    expect(figures.auc.value).toBeGreaterThan(0.7);
    expect(Math.abs(figures.auc.value - regression.auc.value)).toBeLessThanOrEqual(0.005);
    expect(figures.ece.value).toBeLessThanOrEqual(0.03);
    expect(Math.abs(report.heldOut / (report.heldOut + report.fittedOn) - 0.2)).toBeLessThan(0.02);
  });

  it('leaves out what is known only afterwards, and nothing else', () => {
    expect(report.leaks.map(({ column }) => column)).toEqual(table.leaks);
    for (const line of report.card) expect(table.leaks).not.toContain(line.column);
  });

  it('names the leaks and uses them all the same when told to', () => {
    const kept = fitText(table.text, '--label', table.label, ...args, '--keep-leaks').report;
    expect(kept.leaks).toEqual(report.leaks);
    expect(kept.figures.auc.value).toBeGreaterThan(report.figures.auc.value);
    expect(table.leaks).toContain(kept.card.find((line) => table.leaks.includes(line.column))?.column);
  });

  it('has whole points, of which ten double the odds', () => {
    for (const { points } of report.card) {
      expect(Number.isInteger(points)).toBe(true);
      expect(points).not.toBe(0);
    }
  });
});

describe('a strong honest column', () => {
  it('is kept, however much it tells, as long as it does not tell nearly all', () => {
    const random = createRandom(9);
    const lines = Array.from({ length: 4000 }, () => {
      const x = random() * 6 - 3;
      return `${x.toFixed(3)},${random() < 0.02 ? 'demo' : 'none'},${Number(random() < 1 / (1 + Math.exp(-1.6 * x)))}`;
    });
    const { report } = fitText(['x,asked_for,y', ...lines].join('\n'), '--label', 'y');
    expect(report.leaks).toEqual([]);
    expect(report.figures.auc.value).toBeGreaterThan(0.85);
  });
});

describe('the label', () => {
  it.each([
    ['0', '1', '1'],
    ['false', 'TRUE', 'true'],
    ['no', 'Yes', 'yes'],
    ['lost', 'won', 'won'],
    ['weak', 'strong', 'strong'],
    ['1', '2', '2'],
    ['1.0', '0.0', '1'],
    ['rot', 'blau', 'blau'],
  ])('of %s and %s is told which is strong', (one, other, positive) => {
    const text = small()
      .split('\n')
      .map((line, index) =>
        index === 0 ? line : line.replace(/,([01])$/, (_, y) => `,${index % 3 === 0 || y === '1' ? one : other}`),
      )
      .join('\n');
    expect(fitText(text, '--label', 'y').notes).toContain(`"${positive}" in "y" is taken as strong`);
  });

  it('may be missing on some rows, which are left out', () => {
    const { report, notes } = fitText(`${small()}\n0.5,\n0.7,NA`, '--label', 'y');
    expect(notes).toContain('2 rows without a label are left out');
    expect(report.fittedOn + report.heldOut).toBe(300);
  });
});

describe('a bad table gets a clear answer', () => {
  it.each([
    ['', /file is empty/],
    [' \n\n', /file is empty/],
    ['x,y', /no rows below/],
    ['x,z\n1,2', /There is no column "y"\. The table has: "x", "z"/],
    ['x,y\n1,1\n2,1', /has one value, "1", on every row/],
    ['x,y\n1,\n2,', /label column "y" is empty/],
    ['x,y\n1,a\n2,b\n3,c', /has 3 values \("a", "b", "c"\): it takes two/],
    ['x,y\n1,1\n2,0', /Not enough yet: \d strong and \d weak/],
    ['x,y\n"1,1\n2,0', /no table of comma-separated values/],
  ])('%j', (text, sentence) => {
    expect(refuse(text)).toMatch(sentence);
  });

  it('asks for what it cannot do without', () => {
    expect(() => readArguments([])).toThrow(/Say what to do/);
    expect(() => readArguments(['fot', 'x.csv'])).toThrow(/no "fot"/);
    expect(() => readArguments(['fit'])).toThrow(/Name one table/);
    expect(() => readArguments(['fit', 'x.csv'])).toThrow(/--label/);
    expect(() => readArguments(['fit', 'x.csv', '--label', 'y', '--what'])).toThrow(/--what/);
    expect(refuse(small(), '--id', 'nr')).toMatch(/no column "nr"/);
    expect(refuse(small(), '--exclude', 'x,gone')).toMatch(/no column "gone"/);
    expect(refuse(small(), '--exclude', 'y')).toMatch(/cannot be left out/);
    expect(refuse(small(), '--exclude', 'x')).toMatch(/No column is left/);
  });

  it('of a file that is not there', async () => {
    await expect(readTable('nowhere.csv', folder, () => undefined)).rejects.toThrow(/there is no such file/);
  });
});

describe('an odd table goes on, and says what was done', () => {
  it('with ragged rows', () => {
    expect(fitText(`${small()}\n0.5\n0.5,1,7`, '--label', 'y').notes).toMatch(
      /1 rows have fewer cells.*row 301[\s\S]*1 rows have more cells.*row 302/,
    );
  });

  it('with NaN and Infinity among numbers', () => {
    const { report, notes } = fitText(
      small((index) => `,${['Infinity', 'NaN'][index % 50] ?? index % 7}`, ',n'),
      '--label',
      'y',
    );
    expect(notes).toContain('6 cells of "n" are no finite numbers');
    expect(JSON.stringify(toJson(report))).not.toMatch(/null|NaN/);
  });

  it('with ids, row numbers, days, constant and empty columns', () => {
    const more = (index: number) => `,key${index * 7},${index},2026-01-${(index % 28) + 1},same,`;
    const { report, notes } = fitText(small(more, ',key,row,day,same,nothing'), '--label', 'y');
    expect(new Set(report.card.map(({ column }) => column))).toEqual(new Set(['x']));
    for (const name of ['key', 'row', 'day', 'same', 'nothing'])
      expect(notes).toMatch(new RegExp(`Not used, .*"${name}"`));
  });

  it('with huge cells, quotes, line breaks and names that repeat or are missing', () => {
    const more = (index: number) => `,"${index % 2 ? 'a ""b""\nc' : 'x'.repeat(5000)}",1${index % 3},z`;
    const { report } = fitText(small(more, ',x,,'), '--label', 'y');
    expect(report.card.every(({ criterion }) => criterion.length < 200)).toBe(true);
    expect(toText(report, false)).not.toContain('x'.repeat(200));
  });

  it('with 1,000 columns of noise beside two that tell', () => {
    const random = createRandom(2);
    const noise = () => Array.from({ length: 1000 }, () => random().toFixed(2)).join(',');
    const lines = Array.from({ length: 800 }, () => {
      const [one, other] = [random(), random()];
      return `${one.toFixed(3)},${other.toFixed(3)},${noise()},${Number(random() < (one + other) / 2)}`;
    });
    const names = Array.from({ length: 1000 }, (_, index) => `n${index}`);
    const { report, notes } = fitText([`one,other,${names},y`, ...lines].join('\n'), '--label', 'y');
    expect(notes).toMatch(/Of 1002 columns \d+ are used/);
    expect(report.figures.auc.value).toBeGreaterThan(0.6);
    const worth = (column: string) =>
      Math.max(...report.card.filter((line) => line.column === column).map(({ points }) => Math.abs(points)));
    expect(worth('one')).toBeGreaterThan(5);
    expect(worth('other')).toBeGreaterThan(5);
  });

  it('in UTF-16, in Windows-1252 and with tabs', async () => {
    for (const [name, bytes] of [
      ['wide.csv', Buffer.from('\ufeffé\ty\n1\t2', 'utf16le')],
      ['western.csv', Buffer.from('é;y\n1;2', 'latin1')],
    ] as const) {
      await writeFile(join(folder, name), bytes);
      expect((await readTable(name, folder, () => undefined)).names).toEqual(['é', 'y']);
    }
  });
});

describe('the fifth that is held out', () => {
  it('goes by the id: the order of the rows and what else stands in them make no difference', () => {
    const table = drawLeadTable(2000, 5);
    const [header, ...lines] = table.text.split('\n');
    const shuffled = [header, ...lines.toReversed()].join('\n');
    const sizes = [table.text, shuffled].map((text) => fitText(text, '--label', 'label', '--id', 'id').report.heldOut);
    expect(sizes[0]).toBe(sizes[1]);
  });

  it('never has a row of which a like one was fitted on', () => {
    const twice = small()
      .split('\n')
      .flatMap((line, index) => (index === 0 ? [line] : [line, line]));
    const { report } = fitText(twice.join('\n'), '--label', 'y');
    expect(report.heldOut % 2).toBe(0);
    expect(report.fittedOn % 2).toBe(0);
  });
});

it('rows that stand in the table several times do not make the chances surer than they are', () => {
  const random = createRandom(6);
  const draw = () => {
    const cells = Array.from({ length: 12 }, () => random());
    return [...cells.map((cell) => cell.toFixed(4)), Number(random() < 0.3 + 0.4 * (cells[0] ?? 0))].join(',');
  };
  const lines = Array.from({ length: 700 }, draw).flatMap((line) => Array.from({ length: 8 }, () => line));
  const names = Array.from({ length: 12 }, (_, index) => `x${index}`);
  const { report } = fitText([`${names},y`, ...lines].join('\n'), '--label', 'y');
  // The entropy of a coin is 0.693: who is surer than the rows bear out loses more.
  expect(report.figures.logLoss.value).toBeLessThan(0.72);
});

describe('npm run score', () => {
  it('prints with --json the document and nothing else, and without it a table', async () => {
    await writeFile(join(folder, 'leads.csv'), drawLeadTable(1500, 3).text);
    const run = async (...args: string[]) => {
      const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
        env: { ...process.env, INIT_CWD: folder },
      });
      let [printed, said] = ['', ''];
      child.stdout.on('data', (chunk) => {
        printed += chunk;
      });
      child.stderr.on('data', (chunk) => {
        said += chunk;
      });
      const [code] = await once(child, 'close');
      return { code, printed, said };
    };
    const json = await run('fit', 'leads.csv', '--label', 'label', '--id', 'id', '--exclude', 'noise, spend', '--json');
    expect(json.code).toBe(0);
    const document = JSON.parse(json.printed);
    expect(Object.keys(document)).toEqual(['auc', 'logLoss', 'ece', 'regression', 'leaks', 'card']);
    expect(Object.keys(document.regression)).toEqual(['auc', 'logLoss', 'ece']);
    expect(Object.keys(document.card[0])).toEqual(['criterion', 'points']);
    expect(JSON.stringify(document.card)).not.toMatch(/noise|spend/);
    const text = await run('fit', 'leads.csv', '--label', 'label', '--id', 'id');
    expect(text.printed).toMatch(/AUC +0\.\d{3}/);
    expect(text.printed).toContain('Left out');
    const bad = await run('fit', 'leads.csv', '--label', 'nothing');
    expect([bad.code, bad.printed]).toEqual([1, '']);
    expect(bad.said).toMatch(/no column "nothing"/);
  });
});
