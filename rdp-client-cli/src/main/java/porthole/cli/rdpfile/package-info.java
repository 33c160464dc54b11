/** Connection files of the Remote Desktop clients ({@code .rdp}). */
package porthole.cli.rdpfile;
