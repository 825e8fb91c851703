// As in lib/platform/limits.ts, which templates do not import; tests/unit/mail-templates.test.ts compares them.
const UNCONFIRMED_DAYS = 30;
const REVIEW_NOTICE_MINUTES = 15;

const ja = {
  product: 'Undersigned',
  letter: '共同書簡',
  /** Before an address in full, under the button that leads to it. */
  addressOf: (page: string) => `${page}のアドレス：`,
  sentBy: (host: string) => `このメールは ${host} から自動でお送りしています。`,
  /** Dates are said in Japan's time. */
  moment: (date: string, time: string) => `${date} ${time}（日本時間）`,
  whyRepresentative:
    'この共同書簡の賛同のお手続きで、ご連絡先としてこのメールアドレスをいただいたため、お送りしています。',
  whyCoordinator: 'この共同書簡の事務局の一員として登録されている方にお送りしています。',
  confirm: {
    subject: (title: string) => `賛同のご確認をお願いします：${title}`,
    preview: 'お手続きはあと一つです。確認ページのボタンを押してください。',
    thanks:
      'この共同書簡への賛同のお手続きをいただき、ありがとうございます。下記の団体名で承りました。',
    oneStep:
      'お手続きはあと一つです。確認ページを開き、ページ内のボタンを押してください。リンクを開いただけでは、ご賛同の確認は完了しません。',
    button: '確認ページを開く',
    page: '確認ページ',
    validUntil: (moment: string) => `このリンクは ${moment}まで有効です。`,
    afterwards: 'ご確認のあと事務局が内容を拝見し、承認されると賛同団体の一覧に掲載されます。',
    afterwardsWithheld:
      'ご確認のあと事務局が内容を拝見し、承認されると賛同団体の数に加わります。ご希望のとおり団体名は非公表とし、一覧には載せません。団体名を見ることができるのは、この共同書簡の賛同を審査する事務局の担当者だけです。',
    why: 'この共同書簡の賛同フォームに、ご連絡先としてこのメールアドレスが入力されたため、お送りしています。',
    ifIgnored: `お心当たりがない場合は、このメールを破棄してください。確認されないまま${UNCONFIRMED_DAYS}日が過ぎると、入力された内容は削除されます。`,
  },
  alreadySigned: {
    subject: (title: string) => `賛同のお手続きについて：${title}`,
    preview: 'このメールアドレスからのご賛同の、現在の状況をお知らせします。',
    again:
      'この共同書簡の賛同フォームに、このメールアドレスがあらためて入力されました。現在の状況は次のとおりです。',
    verified:
      'ご賛同の確認は、すでに済んでいます。ただいま事務局の審査をお待ちいただいているところです。結果はメールでお知らせします。',
    approved:
      'ご賛同はすでに承認され、賛同団体の一覧に加わっています。（団体名を非公表とされた場合は、数にのみ含まれます。）',
    declined:
      '前回のお申し込みは、賛同団体への掲載を見送らせていただきました。あらためてご相談がおありの場合は、この共同書簡の事務局までご連絡ください。',
    withdrawn:
      '前回のご賛同は、取り下げられています。あらためて賛同をご希望の場合は、この共同書簡の事務局までご連絡ください。',
    unchanged:
      '今回入力された内容は反映していません。訂正や取り下げをご希望の場合も、事務局までご連絡ください。',
    unchangedShort: '今回入力された内容は反映していません。',
    button: '共同書簡を見る',
    page: '共同書簡',
    why: 'この共同書簡の賛同フォームに、ご連絡先としてこのメールアドレスが入力されたため、お送りしています。',
    ifIgnored:
      'お心当たりがない場合は、このメールを破棄してください。これまでの登録内容は変わりません。',
  },
  approved: {
    subject: (title: string) => `ご賛同を承認しました：${title}`,
    preview: '賛同団体の一覧をご覧いただけます。',
    listed:
      'ご賛同をいただき、誠にありがとうございます。事務局での確認が済み、下記の団体名を賛同団体の一覧に掲載しました。',
    counted:
      'ご賛同をいただき、誠にありがとうございます。事務局での確認が済み、下記の団体を賛同団体の数に加えました。ご希望のとおり、団体名は非公表としています。',
    button: '賛同団体の一覧を見る',
    page: '賛同団体の一覧',
    changes:
      '団体名の訂正や賛同の取り下げをご希望の場合は、この共同書簡の事務局までご連絡ください。',
    ifIgnored: 'お手続きはこれですべて終わりました。ご返信などは必要ありません。',
  },
  declined: {
    subject: (title: string) => `賛同のお申し込みについて：${title}`,
    preview: 'お申し込みの審査の結果をお知らせします。',
    sorry:
      'このたびは賛同のお申し込みをいただき、ありがとうございました。事務局で検討いたしました結果、誠に恐れ入りますが、下記の団体の賛同団体への掲載を見送らせていただくことになりました。',
    reason: '理由',
    reasons: {
      duplicate: '同じ団体からのご賛同を、別のお申し込みですでに承っているためです。',
      not_an_organization:
        'この共同書簡は団体としての賛同をお願いしており、団体によるお申し込みであることを確認できなかったためです。',
      not_authorised: '団体を代表してお手続きいただいていることを確認できなかったためです。',
      unverifiable:
        'ウェブサイトなどの公開情報から、団体について確認することができなかったためです。',
      out_of_scope:
        'この共同書簡が賛同をお願いしている団体の範囲に当てはまらないと判断したためです。',
      other: '個別の事情を踏まえて、事務局で判断いたしました。',
    },
    note: '事務局からの補足',
    button: '共同書簡を見る',
    page: '共同書簡',
    questions:
      'ご不明な点や、お伝えになりたいご事情がありましたら、この共同書簡の事務局までご連絡ください。',
    ifIgnored: 'ご対応いただくことは特にありません。団体名が公表されることもありません。',
  },
  affirm: {
    subject: (title: string) => `改訂された本文への賛同のご確認：${title}`,
    preview:
      '本文の趣旨にかかわる改訂がありました。改訂後の本文にもご賛同いただけるか、お知らせください。',
    changed:
      'ご賛同いただいている共同書簡の本文に、趣旨にかかわる改訂がありました。下記の団体として、改訂後の本文にもご賛同いただけるか、あらためてお伺いします。',
    reason: '改訂の理由',
    ask: '確認ページを開き、ページ内のボタンで、引き続き賛同されるか、賛同を取り下げられるかをお選びください。リンクを開いただけでは、お返事になりません。',
    button: '確認ページを開く',
    page: '確認ページ',
    validUntil: (moment: string) => `このリンクは ${moment}まで有効です。`,
    whatChanged: '変更箇所',
    removedKey: '削除した箇所',
    addedKey: '追加した箇所',
    /** Around what was removed and added, where there is only plain text. */
    removed: { prefix: '【削除：', suffix: '】' },
    added: { prefix: '【追加：', suffix: '】' },
    languages: { ja: '日本語', en: '英語' },
    partIn: (part: string, language: string) => `${part}（${language}）`,
    /** As those who write a letter read them: the words of `writing.parts` in messages. */
    parts: {
      title: '題名',
      subject: '件名',
      dateLine: '日付',
      addressee: '宛先',
      salutation: '頭語',
      body: '本文',
      callsIntro: '要請事項の前文',
      calls: '要請事項',
      closing: '結びの文',
      valediction: '結語',
    },
    wholeText: {
      added: {
        ja: '日本語の本文が加わりました。全文は確認ページからご覧いただけます。',
        en: '英語の本文が加わりました。全文は確認ページからご覧いただけます。',
      },
      removed: { ja: '日本語の本文がなくなりました。', en: '英語の本文がなくなりました。' },
    },
    date: (before: string, after: string) => `書簡の日付が${before}から${after}に変わりました。`,
    shortened:
      '変更箇所が長いため、ここまでを掲載しました。すべての変更箇所は、確認ページでご覧いただけます。',
    ifIgnored:
      'お返事をいただくまでは、改訂前の本文に賛同した団体として、一覧の別の欄に掲載します（団体名を非公表とされた場合は、数だけを示します）。',
  },
  reviewNotice: {
    subject: (title: string) => `審査をお待ちの賛同があります：${title}`,
    preview: '新しい賛同のお申し込みが審査を待っています。',
    waiting: '新しい賛同のお申し込みが、ご本人による確認を終え、審査を待っています。',
    button: '審査画面を開く',
    page: '審査画面',
    ifIgnored: `承認されるまで、お申し込みが公開されることはありません。このお知らせは、新しいお申し込みがあったときに、${REVIEW_NOTICE_MINUTES}分に1通までお送りします。`,
  },
  signIn: {
    title: '事務局用画面へのサインイン',
    subject: '事務局用画面へのサインイン',
    preview: 'リンク先のページのボタンを押すと、サインインできます。',
    open: 'サインインのページを開き、ページ内のボタンを押してください。',
    button: 'サインインのページを開く',
    page: 'サインインのページ',
    validUntil: (moment: string) =>
      `このリンクは一度だけ、${moment}まで使えます。ほかの方に転送しないでください。`,
    why: '事務局用画面で、このメールアドレスによるサインインが求められたため、お送りしています。',
    ifIgnored:
      'お心当たりがない場合は、このメールを破棄してください。リンクが使われないかぎり、だれもサインインできません。',
  },
};

const en: typeof ja = {
  product: 'Undersigned',
  letter: 'Joint letter',
  addressOf: (page) => `Address of ${page}:`,
  sentBy: (host) => `Sent automatically by ${host}.`,
  moment: (date, time) => `${date} at ${time} (Japan time)`,
  whyRepresentative:
    'You are receiving this because your address was given as the contact when your organization endorsed this letter.',
  whyCoordinator: 'You are receiving this because you are one of the coordinators of this letter.',
  confirm: {
    subject: (title) => `Please confirm your endorsement: ${title}`,
    preview: 'One step remains: open the confirmation page and press its button.',
    thanks:
      'Thank you for endorsing this letter. We have received your endorsement in the name of:',
    oneStep:
      'One step remains. Open the confirmation page and press the button there. Until you do, your endorsement is not confirmed.',
    button: 'Open the confirmation page',
    page: 'the confirmation page',
    validUntil: (moment) => `The link is valid until ${moment}.`,
    afterwards:
      'The coordinators then review the endorsement. Once they approve it, your organization appears in the list of signatories.',
    afterwardsWithheld:
      'The coordinators then review the endorsement. Once they approve it, your organization is counted among the signatories but, as you asked, its name is not published. Only the coordinators who review endorsements of this letter can see it.',
    why: 'You are receiving this because your address was entered as the contact in this letter’s endorsement form.',
    ifIgnored: `If this was not you, simply ignore this mail. What was entered is deleted if nobody confirms it within ${UNCONFIRMED_DAYS} days.`,
  },
  alreadySigned: {
    subject: (title) => `About your endorsement: ${title}`,
    preview: 'Where the endorsement from this address stands.',
    again:
      'Your address was entered again in this letter’s endorsement form. This is where your endorsement stands:',
    verified:
      'It is already confirmed and is waiting for the coordinators to review it. We will let you know their decision by mail.',
    approved:
      'It has already been approved, and your organization is on the list of signatories. (If you asked for the name not to be published, it is included in the count only.)',
    declined:
      'The coordinators decided not to add it to the list. If you would like to talk this over, please contact the coordinators of the letter.',
    withdrawn:
      'It has been withdrawn. If you would like to endorse the letter after all, please contact the coordinators of the letter.',
    unchanged:
      'What was entered this time has not changed anything. To correct or withdraw your endorsement, please contact the coordinators of the letter.',
    unchangedShort: 'What was entered this time has not changed anything.',
    button: 'Read the letter',
    page: 'the letter',
    why: 'You are receiving this because your address was entered as the contact in this letter’s endorsement form.',
    ifIgnored: 'If this was not you, simply ignore this mail. Your endorsement stays as it is.',
  },
  approved: {
    subject: (title) => `Your endorsement is approved: ${title}`,
    preview: 'You can now see the list of signatories.',
    listed:
      'Thank you for your support. The coordinators have approved your endorsement, and the list of signatories now includes:',
    counted:
      'Thank you for your support. The coordinators have approved your endorsement, and the number of signatories now includes the organization below. As you asked, its name is not published.',
    button: 'See the list of signatories',
    page: 'the list of signatories',
    changes:
      'To correct the name or withdraw the endorsement, please contact the coordinators of the letter.',
    ifIgnored: 'There is nothing more for you to do, and no need to reply.',
  },
  declined: {
    subject: (title) => `About your endorsement: ${title}`,
    preview: 'What the coordinators decided about your endorsement.',
    sorry:
      'Thank you for offering your support. After reviewing your endorsement, the coordinators are sorry to say that they could not add this organization to the list of signatories:',
    reason: 'Reason',
    reasons: {
      duplicate:
        'The same organization has already endorsed this letter through another submission.',
      not_an_organization:
        'Only organizations can endorse this letter, and we could not establish that this endorsement comes from one.',
      not_authorised:
        'We could not establish that the endorsement was made by someone authorised to speak for the organization.',
      unverifiable:
        'We could not verify the organization from its website or other public sources.',
      out_of_scope:
        'The organization is not among the kinds of organization this letter is meant to be endorsed by.',
      other: 'The coordinators decided this on the particular circumstances.',
    },
    note: 'A note from the coordinators',
    button: 'Read the letter',
    page: 'the letter',
    questions:
      'If you have questions, or if there is something we should know, please contact the coordinators of the letter.',
    ifIgnored: 'You do not need to do anything. The organization’s name will not be published.',
  },
  affirm: {
    subject: (title) => `Do you stand behind the new text? ${title}`,
    preview:
      'The text of the letter has changed in substance. Please say whether you stand behind it as it is now.',
    changed:
      'The text of a letter that your organization has endorsed has changed in substance. We would like to ask whether this organization stands behind the new text, too:',
    reason: 'Why it was changed',
    ask: 'Open the page below and press one of its two buttons: to affirm the endorsement, or to withdraw it. Opening the link alone is no answer.',
    button: 'Open the page and answer',
    page: 'the page',
    validUntil: (moment) => `The link is valid until ${moment}.`,
    whatChanged: 'What changed',
    removedKey: 'removed',
    addedKey: 'added',
    removed: { prefix: '[removed: ', suffix: ']' },
    added: { prefix: '[added: ', suffix: ']' },
    languages: { ja: 'Japanese', en: 'English' },
    partIn: (part, language) => `${part} (${language})`,
    parts: {
      title: 'Title',
      subject: 'Subject',
      dateLine: 'Date line',
      addressee: 'Addressee',
      salutation: 'Salutation',
      body: 'Body',
      callsIntro: 'Words before the calls',
      calls: 'Calls',
      closing: 'Closing paragraph',
      valediction: 'Valediction',
    },
    wholeText: {
      added: {
        ja: 'A Japanese text was added. You can read it from the page.',
        en: 'An English text was added. You can read it from the page.',
      },
      removed: { ja: 'The Japanese text was removed.', en: 'The English text was removed.' },
    },
    date: (before, after) => `The date of the letter is now ${after}, no longer ${before}.`,
    shortened: 'The difference is longer than fits here. The page shows all of it.',
    ifIgnored:
      'Until you answer, your organization is listed apart, as having signed the earlier text. (If you asked for its name not to be published, only the number is shown.)',
  },
  reviewNotice: {
    subject: (title) => `Endorsements are waiting for review: ${title}`,
    preview: 'New endorsements are waiting for your review.',
    waiting:
      'New endorsements have been confirmed by their representatives and are waiting for review.',
    button: 'Open the review queue',
    page: 'the review queue',
    ifIgnored: `Nothing is published until it is approved. You get this notice when new endorsements come in, at most once in ${REVIEW_NOTICE_MINUTES} minutes.`,
  },
  signIn: {
    title: 'Sign in as a coordinator',
    subject: 'Sign in as a coordinator',
    preview: 'Open the page and press its button to sign in.',
    open: 'Open the sign-in page and press the button there.',
    button: 'Open the sign-in page',
    page: 'the sign-in page',
    validUntil: (moment) => `The link works once, until ${moment}. Please do not forward it.`,
    why: 'You are receiving this because someone asked to sign in to the coordinators’ pages with this address.',
    ifIgnored:
      'If this was not you, simply ignore this mail. Nobody can sign in unless the link is used.',
  },
};

/** Every text of the mails. Both languages have the same shape, so the compiler finds one that is missing. */
export const texts = { ja, en };
