import { useMemo, useRef, type CompositionEvent, type FormEvent, type FocusEvent } from 'react';
import {
  composed,
  edited,
  givenName,
  NOTHING_COMPOSED,
  readingOf,
  textOf,
  type TypedName,
} from './reading';

/**
 * Handlers for fields of names that fill in the field `reading` of their form with the kana typed
 * into the input method. What somebody has typed there themselves stays.
 */
export function useReading() {
  const name = useRef<TypedName>([]);
  const composition = useRef(NOTHING_COMPOSED);
  /** What was filled in last: anything else was typed. */
  const filled = useRef('');
  return useMemo(() => {
    const edit = (input: HTMLInputElement, reading?: string) => {
      if (input.value === textOf(name.current)) return;
      name.current = edited(name.current, input.value, reading);
      const target = input.form?.elements.namedItem('reading');
      if (!(target instanceof HTMLInputElement)) return;
      if (target.value !== '' && target.value !== filled.current) return;
      target.value = filled.current = readingOf(name.current);
    };
    return {
      onFocus: ({ currentTarget }: FocusEvent<HTMLInputElement>) => {
        if (currentTarget.value !== textOf(name.current))
          name.current = givenName(currentTarget.value);
      },
      onCompositionStart: () => {
        composition.current = NOTHING_COMPOSED;
      },
      onCompositionUpdate: ({ data }: CompositionEvent<HTMLInputElement>) => {
        composition.current = composed(composition.current, data);
      },
      onCompositionEnd: ({ currentTarget }: CompositionEvent<HTMLInputElement>) =>
        edit(currentTarget, composition.current.reading),
      onInput: ({ currentTarget, nativeEvent }: FormEvent<HTMLInputElement>) => {
        if (!(nativeEvent as InputEvent).isComposing) edit(currentTarget);
      },
    };
  }, []);
}
