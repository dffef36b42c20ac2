/**
 * The server cannot start, for a reason that the operator can remove: `message` says what is wrong, where, and the way
 * out. It is complete as it stands, so that the command line prints it without a stack trace and exits with 1.
 */
export class StartFailure extends Error {
  override readonly name: string = 'StartFailure';
}
