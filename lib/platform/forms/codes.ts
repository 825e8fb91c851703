/**
 * A code that came back with a form as one of the union `Code`, or undefined when the form has no words for it.
 * The compiler in turn finds a code of the union without words, where `t` is asked for them.
 * @param group where the words stand in `t`'s namespace, by code
 */
export function knownCode<Code extends string>(
  t: { has: (key: never) => boolean },
  group: string,
  code: string | null | undefined,
): Code | undefined {
  return code && t.has(`${group}.${code}` as never) ? (code as Code) : undefined;
}
