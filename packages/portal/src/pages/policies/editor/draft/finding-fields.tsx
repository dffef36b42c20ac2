import { createContext, type ReactNode, useContext, useState } from 'react';
import css from '../editor.module.css';
import { type Findings, isInside } from './findings.ts';

/** What is found in the draft; `wasTried`: somebody wanted to save it, so that every fault shows. */
export const FindingsContext = createContext<Findings & { wasTried: boolean }>({
  faults: [],
  warnings: [],
  wasTried: false,
});

/**
 * For a field at `place`: what is wrong with it, shown once somebody has been there or has tried to save, and the mark by
 * which the list of faults finds it.
 */
export function useFinding(place: string): {
  error: string | null;
  'data-place': string;
  onBlur: () => void;
} {
  const { faults, wasTried } = useContext(FindingsContext);
  const [wasLeft, setLeft] = useState(false);
  const fault = faults.find(({ path }) => path === place);
  return {
    error: fault && (wasLeft || wasTried) ? sentence(fault.message) : null,
    'data-place': place,
    onBlur: () => setLeft(true),
  };
}

/** Remarks on `place`, and, where there is no field to show them, its faults; `deep`: on what lies in it too. */
export function Remarks({
  place,
  faults: showsFaults = false,
  deep = false,
}: {
  place: string;
  faults?: boolean;
  deep?: boolean;
}): ReactNode {
  const { faults, warnings, wasTried } = useContext(FindingsContext);
  const isHere = ({ path }: { path: string }) => (deep ? isInside(path, place) : path === place);
  const shown = [
    ...(showsFaults && wasTried ? faults.filter(isHere).map((each) => ({ ...each, tone: 'bad' })) : []),
    ...warnings.filter(isHere).map((each) => ({ ...each, tone: 'wait' })),
  ];
  return shown.map(({ path, message, tone }) => (
    <p key={`${path} ${message}`} className={`${css.remark} ${tone === 'bad' ? css.bad : css.wait}`}>
      {sentence(message)}
    </p>
  ));
}

/** The engine’s messages go on after a place; alone they are sentences. */
export function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`;
}
