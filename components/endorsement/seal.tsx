/** A decorative seal below an endorsement; the text beside it has the same meaning. */
export function Seal() {
  return (
    <svg aria-hidden viewBox="0 0 64 64" className="size-20 text-seal">
      <circle cx="32" cy="32" r="28" fill="none" stroke="currentColor" strokeWidth="3.5" />
      <circle cx="32" cy="32" r="23.5" fill="none" stroke="currentColor" strokeWidth="1" />
      <path
        d="m21 33 8 8 15-18"
        fill="none"
        stroke="currentColor"
        strokeWidth="4.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
