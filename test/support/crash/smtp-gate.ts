/**
 * A gate in front of a mail server that can lose its word that it took a mail: the mail is there, and whoever sent it
 * never hears so. Bytes pass it as they are; what it knows of SMTP is where the text of a mail ends.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The gate. */
export interface SmtpGate {
  readonly url: string;
  readonly close: () => Promise<void>;
}

const END_OF_MAIL = Buffer.from('\r\n.\r\n');

/**
 * Opens it. @param losesAnswer - asked for each mail that the server took, with its number from 1; true: the sender never
 * hears of it. Whatever it does to the sender it has done when it returns.
 */
export async function openSmtpGate(
  serverUrl: string,
  losesAnswer: (mail: number) => boolean,
): Promise<SmtpGate> {
  const port = Number(new URL(serverUrl).port);
  let mails = 0;
  const sockets = new Set<Socket>();
  const gate = createServer((sender) => {
    const server = connect(port, '127.0.0.1');
    const both = [sender, server];
    for (const one of both) {
      sockets.add(one);
      // an end of one is the end of both, however it came
      one.on('error', () => {});
      one.on('close', () => {
        sockets.delete(one);
        for (const other of both) other.destroy();
      });
    }
    let tail: Buffer = Buffer.alloc(0);
    let isAnswerOfMail = false;
    sender.on('data', (chunk: Buffer) => {
      tail = Buffer.concat([tail, chunk]).subarray(-END_OF_MAIL.length);
      if (tail.equals(END_OF_MAIL)) isAnswerOfMail = true;
      server.write(chunk);
    });
    server.on('data', (chunk: Buffer) => {
      if (isAnswerOfMail) {
        isAnswerOfMail = false;
        mails += 1;
        if (losesAnswer(mails)) return void sender.destroy();
      }
      sender.write(chunk);
    });
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(gate.address() as AddressInfo).port}?tls=none`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => gate.close(resolve));
    },
  };
}
