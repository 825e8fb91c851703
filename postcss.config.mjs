import colours from './lib/platform/palette.json' with { type: 'json' };

/**
 * Puts the colours of lib/platform/palette.json in place of `@palette light` and `@palette dark`, as custom properties.
 * `Once`: Tailwind, the next plugin, reads its theme before it would come to a single rule.
 * @type {import('postcss').Plugin}
 */
const palette = {
  postcssPlugin: 'palette',
  Once(root, { Declaration }) {
    root.walkAtRules('palette', (rule) => {
      if (rule.params !== 'light' && rule.params !== 'dark')
        throw rule.error(`There is no palette "${rule.params}".`);
      rule.replaceWith(
        Object.entries(colours[rule.params]).map(
          ([name, value]) => new Declaration({ prop: `--color-${name}`, value }),
        ),
      );
    });
  },
};

const config = { plugins: [palette, ['@tailwindcss/postcss', {}]] };

export default config;
