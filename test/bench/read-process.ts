import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

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

/**
 * The most megabytes that a process, and those of the same program that it has begun, have held so far: each at its highest, as if at the same moment. NaN where the
 * system does not tell. Of one that has ended nothing can be read any more.
 */
export function readPeakMemory(pid: number): number {
  try {
    const program = readlinkSync(`/proc/${pid}/exe`);
    const begun = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChildOf(Number(name), pid));
    return begun.filter((each) => runs(each, program)).reduce((sum, each) => sum + readHighest(each), readHighest(pid));
  } catch {
    return Number.NaN;
  }
}

function runs(pid: string, program: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`) === program;
  } catch {
    // It ended meanwhile.
    return false;
  }
}

function readHighest(pid: number | string): number {
  const kilobytes = /VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) / 1000;
}

/** CPU seconds of a process and of all its children, those that have ended too. */
export function readFamilyCpu(pid: number): number {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isChildOf(Number(name), pid));
  const present = [pid, ...children.map(Number)].reduce((sum, each) => sum + (readProcess(each).cpuSeconds || 0), 0);
  return present + readEndedCpu(pid);
}

/** CPU seconds of the children that a process has had and that have ended. */
function readEndedCpu(pid: number): number {
  try {
    const fields = readStat(pid);
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return 0;
  }
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
