import { startLab, type Lab, type LabOptions } from '../support/lab.ts';

/** Runs `work` in a lab of its own, which is gone afterwards whatever happens. */
export async function withLab<T>(options: LabOptions, work: (lab: Lab) => Promise<T>): Promise<T> {
  const lab = await startLab(options);
  try {
    return await work(lab);
  } finally {
    await lab.close();
  }
}
