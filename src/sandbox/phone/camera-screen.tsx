import { useEffect, useRef } from 'preact/hooks';
import { openCamera, readFrame } from './qr-images.ts';
import { Screen } from './screen.tsx';
import type { Texts } from './texts.ts';

const readEveryMs = 150;

export function CameraScreen({
  texts,
  onText,
  onProblem,
  onClose,
}: {
  texts: Texts;
  onText: (text: string) => void;
  onProblem: (error: unknown) => void;
  onClose: () => void;
}) {
  const view = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    const closed = new AbortController();
    const run = async (video: HTMLVideoElement): Promise<void> => {
      const camera = await openCamera();
      closed.signal.addEventListener('abort', camera.close);
      if (closed.signal.aborted) return camera.close();
      video.srcObject = camera.stream;
      await video.play();
      const timer = setInterval(() => {
        const text = readFrame(video);
        if (text !== undefined && !closed.signal.aborted) onText(text);
      }, readEveryMs);
      closed.signal.addEventListener('abort', () => clearInterval(timer));
    };
    if (view.current !== null) {
      run(view.current).catch((error: unknown) => {
        if (!closed.signal.aborted) onProblem(error);
      });
    }
    return () => closed.abort();
  }, []);

  return (
    <Screen title={texts.home.scan} kind="camera">
      <div class="viewfinder">
        <video ref={view} muted playsInline />
      </div>
      <p class="lead">{texts.camera.aim}</p>
      <button type="button" class="button secondary" onClick={onClose}>
        {texts.camera.close}
      </button>
    </Screen>
  );
}
