/** Chromium's own list is many times the size of the app; it lies beside the program. */
export const chromiumLicence = {
  name: 'Chromium',
  licence: 'BSD-3-Clause and others',
  text: 'Copyright The Chromium Authors. The licences of Chromium and of everything in it are in the file LICENSES.chromium.html, in the folder of the installed app.',
} as const
