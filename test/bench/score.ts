import { fitLogistic } from '../../utils/scoring/refit/fit-logistic.ts';
import type { Observations } from '../../utils/scoring/refit/observations.ts';
import { createRandom } from '../../utils/scoring/refit/random.ts';
import { measureNoise } from '../fixtures/scoring/noisy-leads.ts';
import { atMost, type Benchmark, figure, type Mark } from './benchmark.ts';
import { measureHindsight } from './score-hindsight.ts';
import { measureTouchPainted } from './score-painted.ts';
import { measureScale } from './score-scale.ts';

const runs = 200;

/** Rows in which each of the features is a number: nothing is spared by zeros. */
function drawDense(rows: number, width: number): Observations {
  const random = createRandom(1);
  const data: Observations = {
    width,
    starts: Int32Array.from({ length: rows + 1 }, (_, row) => row * width),
    features: Int32Array.from({ length: rows * width }, (_, at) => at % width),
    values: Float64Array.from({ length: rows * width }, () => random() * 2 - 1),
    labels: new Float64Array(rows),
    weights: new Float64Array(rows).fill(1),
  };
  for (let row = 0; row < rows; row++) {
    let odds = 0;
    for (let j = 0; j < width; j++) odds += (data.values[row * width + j] as number) * ((j % 5) - 2) * 0.2;
    data.labels[row] = Number(random() < 1 / (1 + Math.exp(-odds)));
  }
  return data;
}

/** How fast a published card is everybody's, how long a fit takes, and whether noise makes cards worse. */
export const scoreBenchmark: Benchmark = {
  name: 'score',
  about:
    'A card published over 1,000,000 people with 10,000,000 touches; a touch until it is seen; what the past says of the cards; a fit of 100 features on 100,000 rows; what noisy labels do to an accepted suggestion.',
  measure: async (say, scale) => {
    const rows = Math.max(1000, Math.round(100_000 * scale));
    const width = 100;
    const data = drawDense(rows, width);
    const started = performance.now();
    const fit = fitLogistic(data, { mean: new Float64Array(width), precision: new Float64Array(width).fill(1) });
    const seconds = (performance.now() - started) / 1000;
    const marks: Mark[] = [
      ...(await measureScale(say, scale)),
      ...(await measureTouchPainted(say)),
      ...(await measureHindsight(say, scale)),
      atMost(10, `fit of ${width} features on ${rows} rows`, seconds, 's'),
      figure('its steps', fit.steps, ''),
    ];
    const asked = Math.max(5, Math.round(runs * scale));
    say(`published  noise  labels  accepted  worse by 0.005 AUC  gain in AUC   of ${asked} runs each`);
    for (const { published, noise, labels, accepted, worse, gain } of measureNoise(asked)) {
      const cells = [
        published.padEnd(9),
        `${noise * 100} %`.padStart(5),
        String(labels).padStart(7),
        String(accepted).padStart(9),
      ];
      say(`${cells.join(' ')} ${String(worse).padStart(19)} ${gain.toFixed(3).padStart(12)}`);
      const name = `accepted and worse, ${published} card, ${labels} labels, ${noise * 100} % noise, of ${asked}`;
      marks.push(atMost((5 * asked) / runs, name, worse, 'runs'));
    }
    return marks;
  },
};
