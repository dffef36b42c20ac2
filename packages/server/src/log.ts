import { type Logger, pino } from 'pino';

/** JSON lines on standard output. `level` as pino's: trace, debug, info, warn, error, fatal, silent. */
export function createLog(module: string, level: string): Logger {
  return pino({
    level: level in pino.levels.values || level === 'silent' ? level : 'info',
    base: { module },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
  });
}
