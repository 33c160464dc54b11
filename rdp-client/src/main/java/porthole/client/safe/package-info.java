/** What may be handed on of a session: pseudonyms in the place of names, and facts in the one form in which each is harmless. */
package porthole.client.safe;
