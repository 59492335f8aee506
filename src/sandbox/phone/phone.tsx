import { render } from 'preact';
import { fetchSettings } from './enrolment.ts';
import { createPhoneAgent } from './phone-agent.ts';
import { PhoneApp } from './phone-app.tsx';
import { textsFor } from './texts-for.ts';

const fetchHere = (address: string, init: RequestInit): Promise<Response> => fetch(address, init);
const texts = textsFor(navigator.language);
const settings = await fetchSettings(fetchHere);
const agent = createPhoneAgent(fetchHere);
document.documentElement.lang = /^zh\b/i.test(navigator.language) ? 'zh-CN' : 'en';

function Phone() {
  return (
    <>
      <div class="device">
        <div class="status-bar">
          <span class="sandbox-badge">{texts.sandbox}</span>
        </div>
        <PhoneApp texts={texts} settings={settings} agent={agent} storage={localStorage} fetch={fetchHere} />
      </div>
      <p class="sandbox-note">{texts.sandboxNote}</p>
    </>
  );
}

const root = document.getElementById('phone');
if (root !== null) render(<Phone />, root);
