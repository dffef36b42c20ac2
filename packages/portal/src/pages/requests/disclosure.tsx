import { UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Json } from '../../blocks/json.tsx';
import css from './disclosure.module.css';

/** A value as it travels, behind a small button; written only when it is asked for. `aside` stands before the button. */
export function Disclosure({
  aside,
  text,
  label,
  value,
}: {
  aside: ReactNode;
  text: string;
  /** What it is, for those who do not see where it stands. */
  label: string;
  value: unknown;
}): ReactNode {
  const [isOpen, { toggle }] = useDisclosure(false);
  return (
    <>
      <div className={css.line}>
        {aside}
        <UnstyledButton className={css.button} aria-expanded={isOpen} aria-label={label} onClick={toggle}>
          {text} <IconChevronDown size={13} aria-hidden className={css.chevron} />
        </UnstyledButton>
      </div>
      {isOpen && <Json value={value} label={label} />}
    </>
  );
}
