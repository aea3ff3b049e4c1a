import { readdirSync, readFileSync } from 'node:fs';

/** What a process has taken so far; NaN where the system does not tell (Linux does). */
export interface ProcessUse {
  megabytes: number;
  cpuSeconds: number;
}

/** What Linux knows of a process; nothing elsewhere. */
export function readProcess(pid: number): ProcessUse {
  try {
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    const fields = readStat(pid);
    return { megabytes: (pages * 4096) / 1e6, cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100 };
  } catch {
    return { megabytes: Number.NaN, cpuSeconds: Number.NaN };
  }
}

/** CPU seconds of a process and of the children it has by now. */
export function readFamilyCpu(pid: number): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChildOf(Number(name), pid));
  return [pid, ...children.map(Number)].reduce((sum, each) => sum + (readProcess(each).cpuSeconds || 0), 0);
}

function isChildOf(pid: number, parent: number): boolean {
  try {
    return Number(readStat(pid)[1]) === parent;
  } catch {
    // It ended meanwhile.
    return false;
  }
}

/** The fields of `/proc/<pid>/stat` after the process's name. */
function readStat(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}
