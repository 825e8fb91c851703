/** As much as a browser with scripts sends at most (components/ui/size-guard.tsx). */
const MAX = { fields: 100, characters: 1_500_000 };

/** What was typed into a form that comes back to be corrected, by field; bounded, and without files and Next's own fields. */
export function preservedInput(form: FormData): Record<string, string> {
  const input: [string, string][] = [];
  let room = MAX.characters;
  for (const [name, value] of form) {
    if (typeof value !== 'string' || name.startsWith('$')) continue;
    if (input.length === MAX.fields || name.length > room) break;
    input.push([name, value.slice(0, room - name.length)]);
    room -= name.length + value.length;
  }
  return Object.fromEntries(input);
}
