import { notifications } from '@mantine/notifications';
import { t } from '../strings/t.ts';

/** Says for a moment that something went well. What went wrong belongs into a `FailureNotice`, which stays. */
export function say(message: string): void {
  const closeButtonProps = { 'aria-label': t.blocks.close };
  notifications.show({ message, withBorder: true, radius: 'md', closeButtonProps });
}
