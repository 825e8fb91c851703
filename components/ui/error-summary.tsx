'use client';

import { useEffect, useRef, type ReactNode } from 'react';

/** A form's error summary, with a link to each invalid field. Focused if JavaScript is enabled. */
export function ErrorSummary({
  title,
  items,
  children,
}: {
  title: string;
  items: { name: string; text: string }[];
  children?: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="border-2 border-alert bg-alert-wash px-5 py-4"
    >
      <h2 className="text-lg font-semibold">{title}</h2>
      {children}
      {items.length > 0 && (
        <ul className="mt-2">
          {items.map(({ name, text }) => (
            <li key={name}>
              <a href={`#${name}`} className="inline-block py-1 text-alert hover:text-alert">
                {text}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
