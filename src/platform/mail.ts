// Mails: to the mail server, or without one as files in DATA_DIR/mail, so that a site can be tried without any.
import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from './config.ts'

export type Mail = { to: string; subject: string; text: string; calendar?: { method: string; text: string } }

const oneLine = (value: string) => value.replace(/[\r\n]+/g, ' ')

/** Hands a plain text mail over, with an event of a calendar where there is one; throws when the mail server does not take it, so that a job tries again. */
export async function sendMail(
  config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM' | 'DATA_DIR'>,
  { to, subject, text, calendar }: Mail,
): Promise<void> {
  const event = calendar && { icalEvent: { method: calendar.method, content: calendar.text } }
  const mail = { from: config.MAIL_FROM, to, subject: oneLine(subject), text, ...event }
  if (config.SMTP_URL !== '') {
    const transport = createTransport(config.SMTP_URL)
    try {
      await transport.sendMail(mail)
    } finally {
      transport.close()
    }
    return
  }
  const folder = join(config.DATA_DIR, 'mail')
  await mkdir(folder, { recursive: true })
  const { message } = await createTransport({ streamTransport: true, buffer: true, newline: 'unix' }).sendMail(mail)
  await writeFile(join(folder, `${Date.now()}-${randomUUID()}.eml`), message as Buffer)
}
