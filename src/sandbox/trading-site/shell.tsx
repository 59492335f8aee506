import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { BidUploadPage } from './bid-upload-page.tsx';
import type { LoggedIn } from './logged-in.ts';
import { OpeningHallPage } from './opening-hall-page.tsx';
import { fetchLoggedIn, logOut } from './site-api.ts';
import { SiteFooter, SiteHeader } from './site-header.tsx';
import { MessagePage, RevokePage, SealPage, SelfTestPage } from './signing-pages.tsx';
import { SubjectCard } from './subject-card.tsx';

const areas = ['综合管理', '工程建设', '政府采购'] as const;

const menu = [
  '主体信息登记',
  '主体身份申请',
  '场地预约',
  '数字证书办理',
  '电子发票管理',
  '扫码签章检测',
  '信息查询',
] as const;

/** Pages of the areas beside 综合管理; the real system's menus are not published. */
const biddingPages = {
  投标文件签章: SealPage,
  撤章: RevokePage,
  报文签名: MessagePage,
  投标文件加密上传: BidUploadPage,
  开标大厅: OpeningHallPage,
} as const;

interface Place {
  readonly area: string;
  /** Empty at an area's first page. */
  readonly entry: string;
}

function placeOf(hash: string): Place {
  const [area = '', entry = ''] = decodeURIComponent(hash.slice(1)).split('/');
  return { area: areas.find((known) => known === area) ?? areas[0], entry };
}

const addressOf = (area: string, entry = ''): string => `#${area}${entry === '' ? '' : `/${entry}`}`;

async function leave(): Promise<void> {
  await logOut();
  location.assign('/login.html');
}

function NotHere({ name }: { name: string }) {
  return (
    <section class="panel not-here">
      <h1>{name}</h1>
      <p>本沙箱不含此页</p>
      <p class="hint">
        这里只实现扫码登录、签章、撤章、签名、加密和开标所需的部分；真实系统的此项功能不在本沙箱内。
      </p>
    </section>
  );
}

function menuOf(area: string): readonly string[] {
  if (area === areas[0]) return menu;
  return area === areas[1] ? Object.keys(biddingPages) : [];
}

function Entry({ place: { area, entry } }: { place: Place }) {
  if (area === areas[0] && entry === '扫码签章检测') return <SelfTestPage />;
  const pages: Readonly<Record<string, typeof SealPage>> = biddingPages;
  const Page = area === areas[1] ? pages[entry] : undefined;
  return Page === undefined ? <NotHere name={entry || area} /> : <Page />;
}

function Shell({ subject }: { subject: LoggedIn }) {
  const [place, setPlace] = useState(placeOf(location.hash));
  useEffect(() => {
    const follow = (): void => setPlace(placeOf(location.hash));
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    document.title = `${place.entry || place.area} · 湛江市公共资源电子交易系统 2.0（测试沙箱）`;
  }, [place]);
  const home = place.area === areas[0] && place.entry === '';

  return (
    <div class="shell-page">
      <SiteHeader>
        <nav class="areas" aria-label="主导航">
          {areas.map((area) => (
            <a key={area} href={addressOf(area)} aria-current={area === place.area ? 'page' : undefined}>
              {area}
            </a>
          ))}
          <button type="button" onClick={() => void leave()}>
            注销
          </button>
        </nav>
      </SiteHeader>
      <div class="shell-body">
        {menuOf(place.area).length > 0 && (
          <nav class="side-menu" aria-label={place.area}>
            {menuOf(place.area).map((entry) => (
              <a
                key={entry}
                href={addressOf(place.area, entry)}
                aria-current={entry === place.entry ? 'page' : undefined}
              >
                {entry}
              </a>
            ))}
          </nav>
        )}
        <main class="shell-main">{home ? <SubjectCard subject={subject} /> : <Entry place={place} />}</main>
      </div>
      <SiteFooter />
    </div>
  );
}

const page = document.getElementById('page');
const subject = await fetchLoggedIn();
if (subject === undefined) location.replace('/login.html');
else if (page !== null) render(<Shell subject={subject} />, page);
