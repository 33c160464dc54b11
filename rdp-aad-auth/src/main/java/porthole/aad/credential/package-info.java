/** What a confidential client proves itself with: a certificate, and the assertions that are signed with its key. */
package porthole.aad.credential;
