/** A page as large trading systems have them: a table of 20,000 elements, a form, pictures, and no prompt. */
export const busyPageElements = 20_000;

const perRow = 10;
const dot = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

const row = (index: number): string =>
  `<tr class="row"><td><span>${index}</span></td><td><a href="#n${index}">公开招标公告第${index}号</a></td>` +
  `<td><div class="cell">湛江市公共资源交易中心</div></td>` +
  `<td>${index % 50 === 0 ? `<img src="${dot}" width="16" height="16" alt="">` : '<i class="icon"></i>'}<b>详情</b></td></tr>`;

/** As above each list of such a system. */
const filters = [
  '项目编号',
  '项目名称',
  '招标人',
  '代理机构',
  '标段',
  '地区',
  '行业',
  '开始日期',
  '结束日期',
  '关键字',
  '公告编号',
  '页码',
]
  .map((label, index) => `<label>${label}<input type="text" name="filter${index}"></label>`)
  .join('');

/**
 * The page's HTML, with three functions for a bench: `addNodes(count)` puts in that many lines of a list, ten a task,
 * `tick(ms)` runs a ticker of ten changes a second and resolves when it has ended.
 */
export const busyPage = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>交易信息</title></head><body>
<form><input name="user" type="text"><input name="word" type="password"><button type="button">登录</button></form>
<form>${filters}<button type="button">查询</button></form>
<p id="ticker">通知公告</p><table><tbody id="rows">${Array.from({ length: busyPageElements / perRow }, (_, index) => row(index)).join('')}</tbody></table><div id="list"></div>
<script>
  async function addNodes(count) {
    const list = document.getElementById('list');
    for (let added = 1; added <= count; added += 1) {
      const line = document.createElement('div');
      line.innerHTML = '<b>中标公告</b><span>湛江市</span>';
      list.append(line);
      if (added % 10 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  }
  function tick(ms) {
    const ticker = document.getElementById('ticker');
    let count = 0;
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        ticker.textContent = '通知公告 ' + (count += 1);
        ticker.style.marginLeft = (count % 100) + 'px';
        ticker.className = count % 2 ? 'odd' : 'even';
      }, 100);
      setTimeout(() => { clearInterval(timer); resolve(); }, ms);
    });
  }
</script></body></html>`;
