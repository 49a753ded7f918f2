import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { queries } from '../rpc/queries.ts';
import { localDayOf, type LocalDay } from './local-day.ts';

const checkEveryMs = 30_000;

/** Today in the time zone the core counts in. Follows midnight. */
export function useToday(): LocalDay {
  const info = useQuery(queries.appInfo());
  const timeZone = info.data?.timeZone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [today, setToday] = useState(() => localDayOf(Date.now(), timeZone));
  useEffect(() => {
    const check = () => setToday(localDayOf(Date.now(), timeZone));
    check();
    const timer = setInterval(check, checkEveryMs);
    return () => clearInterval(timer);
  }, [timeZone]);
  return today;
}
