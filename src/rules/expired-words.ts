/** Words that stand over a QR that cannot be scanned any more, folded. */
export const expiredWords = '失效 过期 超时 刷新 重新获取 重新加载 重新生成 expired refresh'.split(' ');
