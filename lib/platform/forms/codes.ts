/**
 * Narrows an error code of a form to the union `Code`, or undefined if the form has no message for
 * it. Conversely, the compiler reports codes of the union without a message, when they are passed
 * to `t`.
 * @param group key of the messages within `t`'s namespace, by code
 */
export function knownCode<Code extends string>(
  t: { has: (key: never) => boolean },
  group: string,
  code: string | null | undefined,
): Code | undefined {
  return code && t.has(`${group}.${code}` as never) ? (code as Code) : undefined;
}
