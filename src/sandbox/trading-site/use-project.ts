import { useEffect, useState } from 'preact/hooks';
import { fetchProjects } from './bid-api.ts';
import { failureOf, type Failure } from './failures.ts';
import type { ProjectView } from './project-views.ts';

/** How often the page asks the back end again: the opening time may have been moved. */
const askMs = 3_000;

export interface ShownProject {
  readonly project: ProjectView | undefined;
  /** Milliseconds until the opening time by the back end's clock; 0 from then on. */
  readonly remaining: number;
  readonly isOpen: boolean;
  /** Why nothing is known. */
  readonly failure: Failure | undefined;
  readonly refresh: () => Promise<void>;
}

/** The site's project, and what is left until its bids are opened, by the second. */
export function useProject(): ShownProject {
  const [project, setProject] = useState<ProjectView>();
  const [failure, setFailure] = useState<Failure>();
  /** How far the back end's clock is ahead of this one. */
  const [ahead, setAhead] = useState(0);
  const [now, setNow] = useState(Date.now);

  const refresh = async (): Promise<void> => {
    try {
      const { now: theirs, projects } = await fetchProjects();
      setAhead(theirs - Date.now());
      setProject(projects[0]);
      setFailure(undefined);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };

  useEffect(() => {
    void refresh();
    const asking = setInterval(() => void refresh(), askMs);
    const ticking = setInterval(() => setNow(Date.now()), 250);
    return () => {
      clearInterval(asking);
      clearInterval(ticking);
    };
  }, []);

  const remaining = project === undefined ? 0 : Math.max(0, project.openingTime - (now + ahead));
  return { project, remaining, isOpen: project !== undefined && remaining === 0, failure, refresh };
}
