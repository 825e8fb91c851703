'use client';

import './globals.css';

/** The layout itself failed, so the reader's language is not known either. */
export default function GlobalFailure({ retry }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong / 問題が発生しました</title>
        <main className="mx-auto max-w-form px-5 py-14">
          <h1 className="font-serif text-3xl font-semibold">Something went wrong</h1>
          <p className="mt-4">Please try again in a moment.</p>
          <p lang="ja" className="mt-4">
            問題が発生しました。少し時間をおいて、もう一度お試しください。
          </p>
          <button type="button" onClick={() => retry()} className="mt-8 min-h-12 cursor-pointer rounded-sm bg-indigo px-6 font-semibold text-on-indigo">
            Try again / <span lang="ja">もう一度試す</span>
          </button>
        </main>
      </body>
    </html>
  );
}
