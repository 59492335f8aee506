import type { LoggedIn } from './logged-in.ts';

const dayAndTime = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long', timeStyle: 'short' });
const day = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'long' });

/** Who is logged in, as the verified signing certificate says. */
export function SubjectCard({ subject }: { subject: LoggedIn }) {
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['统一社会信用代码', subject.creditCode],
    ['证书主体', subject.commonName],
    ['证书序列号', subject.serial],
    ['颁发机构', subject.issuer],
    ['有效期', `${day.format(new Date(subject.notBefore))} 至 ${day.format(new Date(subject.notAfter))}`],
    ['登录时间', dayAndTime.format(new Date(subject.since))],
  ];
  return (
    <section class="panel subject" aria-labelledby="subject-name">
      <p class="verified">
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="m4 10.5 4 4 8-9" />
        </svg>
        数字证书与 SM2 签名已由系统后台核验
      </p>
      <p class="welcome">当前登录主体</p>
      <h1 id="subject-name">{subject.organisation}</h1>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
