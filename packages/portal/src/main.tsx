import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openSession } from './session/open-session.ts';

// Asked for before anything is drawn: all else waits for it.
const opening = openSession();
const place = document.getElementById('root');
if (!place) throw new Error('index.html has lost its root');
createRoot(place).render(<App opening={opening} />);
