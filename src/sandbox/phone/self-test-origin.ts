/** Origin of CA Bridge itself: it asks for signatures over samples of its own, to test itself. */
export const selfTestOrigin = 'chrome-extension://gabbepjlbhfbhgjiojcfengklcakolhb';
