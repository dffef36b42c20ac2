import { ActionIcon, Drawer } from '@mantine/core';
import { useDisclosure, useMediaQuery } from '@mantine/hooks';
import { IconMenu2 } from '@tabler/icons-react';
import { Link, Outlet, useMatches } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { usePrincipal, useSession } from '../session/session.ts';
import { t } from '../strings/t.ts';
import seal from '../theme/seal.svg';
import { Account } from './account.tsx';
import { Forbidden } from './forbidden.tsx';
import { Menu } from './menu.tsx';
import css from './shell.module.css';
import { Shortcuts } from './shortcuts.tsx';

/** What stands around every page. */
export function Shell(): ReactNode {
  const [isHelpOpen, help] = useDisclosure(false);
  const [isMenuOpen, menu] = useDisclosure(false);
  const session = useSession();
  const isNarrow = useMediaQuery('(max-width: 62em)', undefined, { getInitialValueInEffect: false });
  const isDevelopment = session.kind !== 'starting' && session.identity.kind === 'development';
  return (
    <div className={isDevelopment ? `${css.shell} ${css.development}` : css.shell}>
      <a className={css.skip} href="#page">
        {t.shell.skip}
      </a>
      {isDevelopment && (
        <aside className={css.banner} aria-label={t.session.development.banner}>
          {t.session.development.banner}
        </aside>
      )}
      <div className={css.frame}>
        {isNarrow ? (
          <section className={css.top} aria-label={t.shell.menu}>
            <ActionIcon
              size="lg"
              onClick={menu.open}
              aria-label={t.shell.openMenu}
              aria-expanded={isMenuOpen}
            >
              <IconMenu2 size={22} aria-hidden />
            </ActionIcon>
            <Brand />
            <Account onHelp={help.open} />
          </section>
        ) : (
          <section className={css.side} aria-label={t.shell.menu}>
            <Brand />
            <Menu />
            <div className={css.foot}>
              <Account onHelp={help.open} />
            </div>
          </section>
        )}
        <main id="page" className={css.main} tabIndex={-1}>
          <Allowed />
        </main>
      </div>
      <Drawer opened={isMenuOpen} onClose={menu.close} size="18rem" title={t.shell.product}>
        <Menu onChoose={menu.close} />
      </Drawer>
      <Shortcuts isHelpOpen={isHelpOpen} help={help} />
    </div>
  );
}

function Brand(): ReactNode {
  return (
    <Link to="/" className={css.brand ?? ''}>
      <img src={seal} alt="" />
      {t.shell.product}
    </Link>
  );
}

/** The page, unless it is for others. Whoever has no role begins at the inbox. */
function Allowed(): ReactNode {
  const { isAdmin, isViewer } = usePrincipal();
  const needs = useMatches({ select: (matches) => matches.at(-1)?.staticData.needs });
  const isAllowed = needs === undefined || (needs === 'admin' ? isAdmin : isViewer);
  return isAllowed ? <Outlet /> : <Forbidden role={needs === 'admin' ? 'AWE_ADMIN' : 'AWE_VIEWER'} />;
}
