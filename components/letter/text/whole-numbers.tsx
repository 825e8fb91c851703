import { Fragment } from 'react';
import { wholeNumbers } from '@/lib/platform/text/whole-numbers';

/** A text whose numbers stay on one line with the Japanese word after them. */
export function WholeNumbers({ children }: { children: string }) {
  return wholeNumbers(children).map((value, index) =>
    index % 2 === 0 ? (
      <Fragment key={index}>{value}</Fragment>
    ) : (
      <span key={index} className="whitespace-nowrap">
        {value}
      </span>
    ),
  );
}
