import { notifications } from '@mantine/notifications';

/** Says for a moment that something went well. What went wrong belongs into a `FailureNotice`, which stays. */
export function say(message: string): void {
  notifications.show({ message, withBorder: true, radius: 'md' });
}
