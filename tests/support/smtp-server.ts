import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A minimal SMTP server (RFC 5321) that accepts or refuses mails. */
export interface SmtpServer {
  url: string;
  /** Accepted mails, as sent after DATA. */
  mails: string[];
  /** The lines that named a recipient. */
  recipients: string[];
  /** Overrides of replies by command: `{ 'RCPT TO': '550 5.1.1 No such user' }`. */
  refuse: Partial<Record<'MAIL FROM' | 'RCPT TO' | 'DATA', string>>;
  close(): Promise<void>;
}

export async function smtpServer(): Promise<SmtpServer> {
  const mails: string[] = [];
  const recipients: string[] = [];
  const refuse: SmtpServer['refuse'] = {};
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let waiting = '';
    let inMail = false;
    const say = (line: string) => void socket.write(`${line}\r\n`);
    const command = (line: string) => {
      const verb = /^(MAIL FROM|RCPT TO|DATA)/i.exec(line)?.[1]?.toUpperCase() as
        keyof typeof refuse | undefined;
      if (verb === 'RCPT TO') recipients.push(line);
      const refusal = verb && refuse[verb];
      if (refusal) say(refusal);
      else if (verb === 'DATA') {
        inMail = true;
        say('354 go on');
      } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
      else say('250 fine');
    };
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      waiting += chunk.toString('latin1');
      for (;;) {
        const end = inMail ? '\r\n.\r\n' : '\r\n';
        const at = waiting.indexOf(end);
        if (at < 0) return;
        const part = waiting.slice(0, at);
        waiting = waiting.slice(at + end.length);
        if (inMail) {
          inMail = false;
          mails.push(part);
          say('250 taken');
        } else command(part);
      }
    });
    say('220 test');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mails,
    recipients,
    refuse,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
