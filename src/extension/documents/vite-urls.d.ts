/** Address of a file that the build copies beside the scripts. */
declare module '*?url' {
  const address: string;
  export default address;
}
