/** Shows a button's keyboard shortcut; hidden without a keyboard or if shortcuts are off. */
export function KeyHint({ children }: { children: string }) {
  return (
    <kbd
      aria-hidden
      className="key-hint inline-block min-w-[1.35em] rounded-sm border border-current px-1 text-center font-sans text-[0.6875rem]/[1.3] font-normal opacity-80 max-sm:hidden noscript:hidden [@media(hover:none)]:hidden in-data-[shortcuts=off]:hidden"
    >
      {children}
    </kbd>
  );
}
