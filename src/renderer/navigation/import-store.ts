import { create } from 'zustand';

/** Whether conversations are being imported. */
export const useImportDialog = create<{ isOpen: boolean }>(() => ({ isOpen: false }));

/** Opens the dialog that imports conversations, or closes it. */
export function showImport(isOpen: boolean): void {
  useImportDialog.setState({ isOpen });
}
