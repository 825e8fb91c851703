'use client';

/** Error boundary of the root layout; neither the locale nor our styles are available here. */
export default function GlobalFailure({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body
        style={{
          colorScheme: 'light dark',
          fontFamily: 'system-ui, sans-serif',
          lineHeight: 1.6,
          margin: '4rem auto',
          maxWidth: '36rem',
          padding: '0 1.25rem',
        }}
      >
        <title>Something went wrong / 問題が発生しました</title>
        <h1>Something went wrong</h1>
        <p>Please try again in a moment.</p>
        <p lang="ja">問題が発生しました。少し時間をおいて、もう一度お試しください。</p>
        <button
          type="button"
          onClick={() => retry()}
          style={{ font: 'inherit', minHeight: '3rem', padding: '0 1.5rem' }}
        >
          Try again / <span lang="ja">もう一度試す</span>
        </button>
      </body>
    </html>
  );
}
