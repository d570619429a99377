/**
 * What else a machine is doing while something is timed on it, and what processes have used. Reads
 * Linux's /proc; elsewhere only the load average is known.
 *
 * @module
 */

/** Processor time of a process. */
export interface ProcessTime {
  /** Its program's name. */
  readonly name: string;
  /** Milliseconds of processor time since it began. */
  readonly milliseconds: number;
}

/** A process that takes processor time from a measurement. */
export interface BusyProcess {
  /** Its number. */
  readonly pid: number;
  /** Its program's name. */
  readonly name: string;
  /** Share of one core, 1 for all of it. */
  readonly share: number;
}

/** Other processes above this share of a core make a measurement doubtful. */
const BUSY_SHARE = 0.2;
/** Linux counts processor time in hundredths of a second on every common machine. */
const TICK_MS = 10;

/**
 * Reads a line of /proc/PID/stat (proc_pid_stat(5)); undefined where it is none.
 *
 * @param text `PID (NAME) STATE …`; the name may hold spaces and parentheses.
 */
export function parseStat(text: string): ProcessTime | undefined {
  const [, name, rest] = /^\d+ \((.*)\) (.*)/s.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const fields = rest.split(" ");
  return { name, milliseconds: TICK_MS * (Number(fields[11]) + Number(fields[12])) };
}

async function readProc(path: string): Promise<string | undefined> {
  try {
    return await Deno.readTextFile(`/proc/${path}`);
  } catch {
    // The process has ended, or this is not Linux.
    return undefined;
  }
}

/** Milliseconds of processor time of a process; null where the machine does not tell. */
export async function processorTime(pid: number | "self"): Promise<number | null> {
  return parseStat(await readProc(`${pid}/stat`) ?? "")?.milliseconds ?? null;
}

/** Most bytes of memory that a process has held at once; null where the machine does not tell. */
export async function peakMemory(pid: number | "self"): Promise<number | null> {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(await readProc(`${pid}/status`) ?? "") ?? [];
  return kilobytes === undefined ? null : 1024 * Number(kilobytes);
}

/** Name of the processor, where the machine tells. */
export async function processorName(): Promise<string | null> {
  return /^model name\s*: (.*)/m.exec(await readProc("cpuinfo") ?? "")?.[1] ?? null;
}

/** Processor times of all processes at one moment. */
export interface LoadSample {
  /** When, in milliseconds of `performance.now`. */
  readonly at: number;
  /** Processes by number; null where the machine does not tell. */
  readonly processes: ReadonlyMap<number, ProcessTime> | null;
  /** Milliseconds of processor time of the whole machine since it started. */
  readonly total: number;
}

/** What went on besides the measured processes. */
export interface OtherWork {
  /** Cores that were not there for the measurement, on average; includes what a host took away. */
  readonly cores: number;
  /** Processes seen at the end that took more than a fifth of a core, the busiest first. */
  readonly processes: readonly BusyProcess[];
}

/**
 * Reads the first line of /proc/stat (proc_stat(5)): all time but idle and waiting for disks.
 *
 * @param text `cpu user nice system idle iowait irq softirq steal …`, in ticks.
 */
export function parseTotal(text: string): number {
  const [user, nice, system, , , irq, softirq, steal] =
    /^cpu +(.*)/.exec(text)?.[1].split(" ").map(Number) ?? [];
  return TICK_MS * (user + nice + system + irq + softirq + steal);
}

/** Looks at all processes. */
export async function sampleLoad(): Promise<LoadSample> {
  const stat = await readProc("stat");
  const at = performance.now();
  if (stat === undefined) return { at, processes: null, total: 0 };
  const processes = new Map<number, ProcessTime>();
  for await (const { name } of Deno.readDir("/proc")) {
    const time = /^\d+$/.test(name) && parseStat(await readProc(`${name}/stat`) ?? "");
    if (time) processes.set(Number(name), time);
  }
  return { at, processes, total: parseTotal(stat) };
}

/**
 * What went on between two samples; null where the machine does not tell.
 *
 * @param own Numbers of the processes that are being measured.
 */
export function otherWork(
  before: LoadSample,
  after: LoadSample,
  own: readonly number[],
): OtherWork | null {
  if (!before.processes || !after.processes) return null;
  const passed = after.at - before.at;
  const started = before.processes;
  let ownTime = 0;
  const busy: BusyProcess[] = [];
  for (const [pid, { name, milliseconds }] of after.processes) {
    const used = milliseconds - (started.get(pid)?.milliseconds ?? 0);
    if (own.includes(pid)) ownTime += used;
    else if (used / passed > BUSY_SHARE) busy.push({ pid, name, share: used / passed });
  }
  return {
    cores: Math.max(0, after.total - before.total - ownTime) / passed,
    processes: busy.sort((a, b) => b.share - a.share),
  };
}

/** Whether other work took more than a fifth of a core. */
export const isBusy = ({ cores, processes }: OtherWork): boolean =>
  cores > BUSY_SHARE || processes.length > 0;
