import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './choice.module.css';

/** One of a few, all of them in sight. */
export function Choice<Value extends string>({
  label,
  choices,
  value,
  onChange,
  isWide = false,
}: {
  label: string;
  choices: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
  isWide?: boolean;
}): ReactNode {
  return (
    <SegmentedControl
      size={isWide ? 'sm' : 'xs'}
      fullWidth={isWide}
      withItemsBorders={false}
      aria-label={label}
      classNames={{ root: css.root ?? '', indicator: css.indicator ?? '' }}
      data={[...choices]}
      value={value}
      onChange={onChange}
    />
  );
}
