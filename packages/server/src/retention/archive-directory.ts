import { accessSync, constants, statSync } from 'node:fs';
import type { Settings } from '../config/settings.ts';

/**
 * Why ended requests cannot be archived in their directory, or null; also when none are. It is not made when it is missing: a volume that was
 * not mounted would otherwise be replaced by a directory that goes with the container.
 */
export function archiveDirectoryFault({
  ended_requests_days,
  archive_directory: directory,
}: Settings['retention']): string | null {
  if (ended_requests_days === 0 || directory === null) return null;
  const name = `retention.archive_directory (${directory})`;
  try {
    if (!statSync(directory).isDirectory()) return `${name} is not a directory: name one that lasts`;
    accessSync(directory, constants.W_OK | constants.X_OK);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return code === 'ENOENT'
      ? `${name} does not exist: mount or make it, or correct the setting`
      : `${name} cannot be written to (${code}): give this process the right to, or correct the setting`;
  }
}
