export const shell = {
  product: 'AWE',
  productLong: 'Approval workflow engine',
  skip: 'Skip to the page',
  openMenu: 'Open the menu',
  menu: 'Menu',
  navigation: 'Pages',
  groups: { work: 'Work', rules: 'Rules', operations: 'Operations' },
  waiting: (count: string) => `${count} waiting`,
  scheme: { label: 'Colours', light: 'Light', dark: 'Dark', auto: 'As the system' },
  account: (name: string) => `Signed in as ${name}`,
  roles: { admin: 'Administrator', viewer: 'Viewer', none: 'No role' },
  signOut: 'Sign out',
  switchUser: 'Switch user',
  apiDocs: 'API documentation',
  shortcuts: {
    open: 'Keyboard shortcuts',
    help: 'Show this help',
    search: 'Go to the first filter',
    andThen: 'then',
    goTo: (page: string) => `Go to ${page}`,
  },
  notFound: {
    title: 'There is no such page',
    text: 'The address may be mistyped, or the page has moved.',
    home: 'Go to the overview',
  },
  forbidden: {
    title: 'This page is for others',
    text: (role: string) =>
      `It needs the role ${role}. Ask an administrator of your identity provider for it.`,
    home: 'Go to the inbox',
  },
  crashed: {
    title: 'This page stopped working',
    text: 'Nothing that was saved is lost. Load the page again; if it happens again, tell the operator what you did.',
    reload: 'Load the page again',
  },
};
