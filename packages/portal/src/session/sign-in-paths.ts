/** Where the identity provider sends people back to; it must be among the redirect addresses of the portal’s client. */
export const CALLBACK_PATH = '/signed-in';
/** Opened beside a page whose session has ended. */
export const BESIDE_PATH = '/sign-in-again';
