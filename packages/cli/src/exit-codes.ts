/** What the exit codes of every command mean. Help, README and reference are written from {@link EXIT_MEANINGS}. */
export const EXIT = {
  ok: 0,
  refused: 1,
  pending: 2,
  unreachable: 3,
  rejected: 4,
  cancelled: 5,
  usage: 64,
  interrupted: 130,
  pipeClosed: 141,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_MEANINGS: readonly (readonly [ExitCode, string])[] = [
  [EXIT.ok, 'it worked; of a watch: the request was approved'],
  [EXIT.refused, 'it was refused, or faults were found; standard error says what and why'],
  [
    EXIT.pending,
    '`policy diff` and `apply --dry-run` with --detailed-exitcode: changes are pending; `verify`: a file cannot be used',
  ],
  [EXIT.unreachable, 'the service cannot be reached, or is not ready: worth another try'],
  [EXIT.rejected, 'of a watch: the request was rejected'],
  [EXIT.cancelled, 'of a watch: the request was cancelled'],
  [EXIT.usage, 'wrong usage: an unknown command or option, or a value that cannot be'],
  [EXIT.interrupted, 'stopped by Ctrl-C'],
  [EXIT.pipeClosed, 'the program that read the output has ended'],
  [EXIT.terminated, 'stopped by SIGTERM'],
];
