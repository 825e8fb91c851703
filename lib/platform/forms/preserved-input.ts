/**
 * Limit on preserved input: the maximum that a browser with JavaScript sends
 * (components/ui/size-guard.tsx).
 */
const MAX = { fields: 100, characters: 1_500_000 };

/**
 * The values of a refused form, to be shown again, by field; limited in size, without files and
 * Next's internal fields.
 */
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
