/** The key that does what a button does, shown on it; not shown where there is no keyboard or the keys are off. */
export function KeyHint({ children }: { children: string }) {
  return (
    <kbd
      aria-hidden
      className="key-hint inline-block min-w-[1.35em] rounded-sm border border-current px-1 text-center font-sans text-[0.6875rem]/[1.3] font-normal opacity-80 noscript:hidden [@media(hover:none)]:hidden in-data-[shortcuts=off]:hidden"
    >
      {children}
    </kbd>
  );
}
