/** The phases of MS-RDPBCGR 1.3.1.1, one class each; {@code ConnectionSequence} is the file to read first. */
package porthole.transport.sequence;
