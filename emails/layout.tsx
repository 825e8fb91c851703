import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
} from '@react-email/components';
import type { ReactNode } from 'react';

import { present, type ByLanguage } from '@/lib/platform/languages';
import { shownNames } from '@/lib/platform/text/shown-names';
import { darkScheme, styles, varied } from './styles';
import { words, type MailLanguage } from './words';
import { oneLine } from './defuse-links';

/** What every template is given besides its mail's own props. */
export interface Frame {
  language: MailLanguage;
  subject: string;
  /** Where the mail's button leads. */
  link: string;
  /** The instance that sends, `letters.example.org`. */
  host: string;
}

interface LayoutProps extends Frame {
  /** Over the title: what kind of thing it names. */
  kicker: string;
  title: string;
  /** What an inbox shows beside the subject. */
  preview: string;
  why: string;
  ifIgnored: string;
  /** How to end mails of this kind. */
  ending?: { label: string; link: string } | undefined;
  children: ReactNode;
}

/** The sheet that every mail is written on: the title first, then what the mail says, then why it came. */
export function Layout({
  language,
  subject,
  host,
  kicker,
  title,
  preview,
  why,
  ifIgnored,
  ending,
  children,
}: LayoutProps) {
  const style = styles(language);
  return (
    <Html lang={language} dir="ltr">
      <Head>
        <title>{subject}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <meta
          name="format-detection"
          content="telephone=no, date=no, address=no, email=no, url=no"
        />
        <style>{darkScheme}</style>
      </Head>
      <Preview>{preview}</Preview>
      <Body {...style.body}>
        <Container style={style.container}>
          <Text {...style.kicker}>{kicker}</Text>
          <Heading as="h1" {...style.title}>
            {title}
          </Heading>
          <Hr {...style.rule} />
          {children}
          <Hr {...style.rule} />
          <Text {...style.small}>{why}</Text>
          <Text {...style.small}>{ifIgnored}</Text>
          {ending && (
            <Text {...style.small}>
              <Link href={ending.link} {...style.link}>
                {ending.label}
              </Link>
            </Text>
          )}
          <Text {...style.small}>{words[language]('sentBy', { host })}</Text>
        </Container>
      </Body>
    </Html>
  );
}

export function Paragraph({ language, children }: { language: MailLanguage; children: ReactNode }) {
  return <Text {...styles(language).text}>{children}</Text>;
}

/**
 * An organization's names, the one in the mail's language first. They come from strangers. In plain
 * text each stands on a line of its own, which isolates it as marks of direction would.
 */
export function OrganizationName({
  language,
  names,
}: {
  language: MailLanguage;
  names: ByLanguage;
}) {
  const style = styles(language);
  return (
    <Section {...style.aside}>
      {shownNames(present(names), language).map(({ name, lang, dir }, index) => (
        <Text key={index} {...(index === 0 ? style.name : style.otherName)}>
          <bdi lang={lang} dir={dir}>
            {oneLine(name)}
          </bdi>
        </Text>
      ))}
    </Section>
  );
}

/** A labelled passage; line breaks are kept. */
export function Passage({
  language,
  label,
  text,
}: {
  language: MailLanguage;
  label: string;
  text: string;
}) {
  const style = styles(language);
  return (
    <Section {...style.aside}>
      <Text {...style.label}>{label}</Text>
      <Text {...varied(style.text, { margin: '0' })}>
        {text.split('\n').map((line, index) => (
          <span key={index}>
            {index > 0 && <br />}
            {line}
          </span>
        ))}
      </Text>
    </Section>
  );
}

interface ActionProps {
  language: MailLanguage;
  link: string;
  label: string;
  /** What the link opens, as the sentence over the full address names it. */
  page: string;
  endorsing?: boolean;
}

/** A link in full, for those who cannot press a button or would rather see it first. */
export function Address({ language, link, page }: Omit<ActionProps, 'label' | 'endorsing'>) {
  const style = styles(language);
  return (
    <Text {...style.address}>
      {words[language]('addressOf', { page })}
      <br />
      <Link href={link} {...style.link}>
        {link}
      </Link>
    </Text>
  );
}

/** A button, and the same link in full. A mail has one, but for that with the links to several entries. */
export function Action({ language, link, label, page, endorsing = false }: ActionProps) {
  const style = styles(language);
  return (
    <>
      <Section data-skip-in-text style={style.buttonRow}>
        <Button href={link} {...style.button(endorsing ? 'seal' : 'indigo')}>
          {label}
        </Button>
      </Section>
      <Address language={language} link={link} page={page} />
    </>
  );
}
