import type { OpeningText } from './opening-text.ts';

export const zhCnOpening: OpeningText = {
  purposes: {
    check: { name: '查能否解密', action: '核对手机上的证书能否解密投标文件' },
    rehearse: { name: '开标演练', action: '用手机试解密投标文件，不输出文件' },
    open: { name: '开标解密', action: '用您的加密证书解密投标文件' },
  },
  decryption: {
    awaitingScan: {
      check: (platform) => ({
        title: '请用开标时要用的手机扫码',
        next: `打开“${platform}”App 扫码。只核对证书，不解密，不需要输入口令。`,
      }),
      rehearse: (platform) => ({
        title: '请用开标时要用的手机扫码',
        next: `打开“${platform}”App 扫码，并输入口令。文件会试解密一遍，但不输出。`,
      }),
      open: (platform) => ({
        title: '请用手机扫码',
        next: `打开“${platform}”App，用加密时所用的证书扫码。`,
      }),
    },
    scanAgain: '请再扫一次码',
    states: {
      requested: { title: '正在读取加密文件', next: '加密客户端正在本机读取文件，检查是否完整，请稍候。' },
      arranging: { title: '正在核对证书', next: '正在核对手机上的证书与加密文件，请稍候。' },
      signing: {
        title: '请在手机上核对数字并输入口令',
        next: '手机上的数字和文件都与这里一致时，再输入口令。手机只解开密钥，文件在本机解密。',
      },
      reporting: { title: '正在把结论交给网站', next: '马上就好，请不要关闭此窗口。' },
      saving: { title: '已解密，请保存文件', next: '请保存下列解密后的文件，保存前不要关闭此窗口。' },
    },
    confirmed: {
      check: { title: '正在核对证书', next: '正在核对手机上的证书与加密文件，请稍候。' },
      rehearse: {
        title: '正在试解密',
        next: '正在本机试解密并核对每一个字节，不输出文件。请不要关闭此窗口和网页。',
      },
      open: { title: '正在解密', next: '文件在本机解密并逐块校验。请不要关闭此窗口和网页。' },
    },
    steps: {
      shown: '手机已出示证书',
      compared: '核对证书与文件',
      keyOpened: '手机已解开密钥',
      rehearsed: '试解密并核对',
      opened: '解密并逐块校验',
      told: '把结论交给网站',
      delivered: '把文件交回网页',
      saved: '保存文件',
    },
    results: {
      check: {
        all: (_, total) => ({
          title: total === 1 ? '能：这部手机可以解密此文件' : `能：这部手机可以解密全部 ${total} 个文件`,
          next: '开标前请保留这部手机和证书，不要换发、注销证书，也不要卸载证书 App。',
        }),
        some: (good, total) => ({
          title: `${total} 个文件中，这部手机能解密 ${good} 个`,
          next: `另外 ${total - good} 个不能解密，原因和办法见下，请在开标前处理好。`,
        }),
        none: (_, total) => ({
          title: total === 1 ? '不能：这部手机解不开此文件' : `不能：这部手机解不开这 ${total} 个文件`,
          next: '原因和办法见下，请在开标前处理好。',
        }),
      },
      rehearse: {
        all: (_, total) => ({
          title: total === 1 ? '演练通过，文件可以解密' : `演练通过，全部 ${total} 个文件可以解密`,
          next: '密钥能解开，内容逐字节核对无误，没有输出文件。开标前请勿更换手机或证书。',
        }),
        some: (good, total) => ({
          title: `${total} 个文件中 ${good} 个通过演练，${total - good} 个没有通过`,
          next: '没有通过的文件、原因和办法见下，请在开标前处理好。',
        }),
        none: () => ({ title: '演练没有通过', next: '原因和办法见下，请在开标前处理好。' }),
      },
      open: {
        all: (_, total) => ({
          title: total === 1 ? '文件已解密' : `全部 ${total} 个文件已解密`,
          next: '内容已逐块校验，与加密时一致。可以回到网页继续。',
        }),
        some: (good, total) => ({
          title: `${total} 个文件中 ${good} 个已解密，${total - good} 个未能解密`,
          next: `已解密的 ${good} 个文件已经交付，可以使用。另外 ${total - good} 个的原因和办法见下。`,
        }),
        none: () => ({ title: '文件未能解密', next: '原因和办法见下。' }),
      },
    },
    readyWithWarnings: {
      title: '现在能解密，但开标时不一定',
      next: '证书的状态可能影响开标时解密，请按下面的提示在开标前处理好。',
    },
  },
  files: {
    unopenable: (count) => `打不开的文件（${count} 个）`,
    onlyOthers: (count) => `其余 ${count} 个照常解密。`,
    scanAgain: {
      title: '加密客户端重新启动过',
      next: (opened) =>
        opened === 0
          ? '之前手机解开的密钥已随之清除，需要再扫一次码。'
          : `已解密的 ${opened} 个文件仍然有效，不用重来；其余文件需要再扫一次码。`,
    },
    toOpen: (count) => `手机将解开密钥的文件（${count} 个）`,
    headings: {
      check: {
        working: (count) => `正在核对（${count} 个）`,
        good: (count) => `能解密（${count} 个）`,
        bad: (count) => `不能解密（${count} 个）`,
      },
      rehearse: {
        working: (count) => `正在试解密（${count} 个）`,
        good: (count) => `通过演练（${count} 个）`,
        bad: (count) => `没有通过（${count} 个）`,
      },
      open: {
        working: (count) => `正在解密（${count} 个）`,
        good: (count) => `已解密（${count} 个）`,
        bad: (count) => `未能解密（${count} 个）`,
      },
    },
    untouched: (count) => `没有处理的文件（${count} 个）`,
    tally: {
      check: { good: '能解密', bad: '不能解密' },
      rehearse: { good: '通过演练', bad: '没有通过' },
      open: { good: '已解密', bad: '未能解密' },
    },
    from: (name) => `由 ${name} 解密`,
    seeAbove: '原因和办法同上。',
  },
  check: {
    verdicts: { ready: '能解密', warned: '现在能解密，但有提示', refused: '不能解密' },
    phone: '这部手机的加密证书',
    needs: '文件需要的证书',
    needsOneOf: '文件需要的证书（其中任何一张）',
    same: '与手机上的证书相同',
    sameKey: '序列号不同，但密钥与手机上的证书相同',
    other: '与手机上的证书不同',
    warnings: {
      CERTIFICATE_RENEWED: {
        title: '证书在加密后续期过，密钥没有变',
        next: '仍能解密，不需要重新加密。',
      },
      CERTIFICATE_ENDS_BEFORE_OPENING: {
        title: '证书在开标前到期',
        next: '请在到期前办理续期，并向发证机构确认保留原密钥；不能保留的，续期后请重新加密并上传。',
      },
      CERTIFICATE_EXPIRED: {
        title: '证书已过期',
        next: '密钥还能解开此文件。请尽快续期并保留原密钥，或续期后重新加密并上传。',
      },
      CERTIFICATE_REVOKED: {
        title: '证书已吊销',
        next: '吊销前加密的文件，原密钥还能解开。开标前请用新证书重新加密并上传。',
      },
    },
  },
};
