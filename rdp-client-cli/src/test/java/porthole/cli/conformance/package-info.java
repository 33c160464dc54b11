/** Cases of Microsoft's public test suite for RDP clients that concern the picture, each against a live session. */
package porthole.cli.conformance;
