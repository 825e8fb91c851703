import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { policyFor } from '@/lib/platform/page-cache/script-hashes.mjs';

const START = '(self.__next_f=self.__next_f||[]).push([0])';
const BOOTSTRAP =
  '(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":["static/chunks/a.js"],"runtimeModuleIds":[494]});';
const push = (piece: string) => `self.__next_f.push([1,${JSON.stringify(piece)}])`;
const hash = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
const page = (...scripts: string[]) =>
  `<html><head><script src="/a.js" async=""></script></head><body>${scripts
    .map((script) => `<script>${script}</script>`)
    .join('')}</body></html>`;

describe('the policy of a cached page', () => {
  it('has the hashes of Next’s own scripts', () => {
    expect(
      policyFor(
        page(BOOTSTRAP, START, push('1:"a"\n'), push('2:"ja 書簡"\n')),
        '1:"a"\n2:"ja 書簡"\n',
      ),
    ).toBe(
      [
        "script-src 'self'",
        ...[BOOTSTRAP, START, push('1:"a"\n'), push('2:"ja 書簡"\n')].map(hash),
      ].join(' '),
    );
  });

  it('has none of a script that got into the page', () => {
    for (const evil of [
      'alert(1)',
      `${BOOTSTRAP}alert(1)`,
      BOOTSTRAP.replace('494', 'alert(1)'),
      `${START};alert(1)`,
      `${push('1:"a"\n')};alert(1)`,
      'self.__next_f.push([1,alert(1)])',
      'self.__next_f.push([1,"a"+alert(1)+"b"])',
      push('3:"of somebody else"\n'),
      push('2:"b"\n'), // the right data, too early
    ])
      expect(policyFor(page(START, evil, push('1:"a"\n'), push('2:"b"\n')), '1:"a"\n2:"b"\n')).toBe(
        policyFor(page(START, push('1:"a"\n'), push('2:"b"\n')), '1:"a"\n2:"b"\n'),
      );
  });
});
