import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface LayoutState {
  readonly sidebarPx: number;
  readonly inspectorPx: number;
  readonly isSidebarHidden: boolean;
}

/** How the window is divided; kept from one start to the next. */
export const useLayout = create<LayoutState>()(
  persist((): LayoutState => ({ sidebarPx: 296, inspectorPx: 400, isSidebarHidden: false }), { name: 'tally.layout' }),
);

export const sidebarLimits = { minPx: 208, maxPx: 420 };
export const inspectorLimits = { minPx: 320, maxPx: 640 };
